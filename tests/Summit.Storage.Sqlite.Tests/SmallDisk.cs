using System.Diagnostics;

namespace Summit.Storage.Sqlite.Tests;

/// <summary>A real file system of a few megabytes for one test. Where none may be mounted, the test is left out and says why.</summary>
internal sealed class SmallDisk : TestFolder
{
    private readonly Stack<string> _mounted = [];

    private SmallDisk()
    {
    }

    /// <summary>A disk in memory.</summary>
    public static SmallDisk Ram(int kilobytes)
    {
        var disk = new SmallDisk();
        disk.Mount(disk.Path, "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs");
        return disk;
    }

    /// <summary>An ext4 disk that says it has 16 MB, on a store with room for less: what does not fit is lost when it is synced.</summary>
    public static SmallDisk Ext4(int backingKilobytes)
    {
        var disk = new SmallDisk();
        var backing = Directory.CreateTempSubdirectory("summit-backing-").FullName;
        disk.Mount(backing, "-t", "tmpfs", "-o", $"size={backingKilobytes}k", "tmpfs");
        var image = System.IO.Path.Combine(backing, "image");
        using (var file = System.IO.File.Create(image))
        {
            file.SetLength(16 << 20);
        }

        disk.RunOrSkip("mkfs.ext4", "-q", "-F", "-O", "^has_journal", image);
        disk.Mount(disk.Path, "-o", "loop", image);
        return disk;
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(File("ballast"), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[65536, 4096, 1])
        {
            while (TryWrite(ballast, size))
            {
            }
        }
    }

    public void Free() => System.IO.File.Delete(File("ballast"));

    public void Remount(string options) => Run("mount", "-o", $"remount,{options}", Path);

    public void GiveBacking(int kilobytes) => Run("mount", "-o", $"remount,size={kilobytes}k", _mounted.Last());

    /// <summary>Lets a file be read, but not written, not even by those who have it open; or takes that back.</summary>
    public void SetImmutable(string name, bool on) => RunOrSkip("chattr", on ? "+i" : "-i", File(name));

    public override void Dispose()
    {
        while (_mounted.TryPop(out var folder))
        {
            Run("umount", folder);
            if (folder != Path)
            {
                Directory.Delete(folder);
            }
        }

        base.Dispose();
    }

    private static bool TryWrite(FileStream file, int size)
    {
        try
        {
            file.Write(new byte[size]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static (int Code, string Words) Start(string command, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            var words = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, words.Trim());
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }

    private static void Run(string command, params string[] arguments)
    {
        var (code, words) = Start(command, arguments);
        Assert.True(code == 0, $"{command} {string.Join(' ', arguments)}: {words}");
    }

    private void Mount(string folder, params string[] arguments)
    {
        RunOrSkip("mount", [.. arguments, folder]);
        _mounted.Push(folder);
    }

    private void RunOrSkip(string command, params string[] arguments)
    {
        var (code, words) = Start(command, arguments);
        if (code != 0)
        {
            Dispose();
            Assert.Skip($"No small disk can be made here: {command}: {words}");
        }
    }
}
