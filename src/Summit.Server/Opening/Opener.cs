using Microsoft.AspNetCore.DataProtection;
using Summit.Engine;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Opening;

/// <summary>Opens the house once the server listens: reads who and what there is, sets an empty installation up, says where to go.</summary>
public sealed partial class Opener(
    ConferenceDirectory directory, FirstRun firstRun, IDataProtectionProvider keys, Addresses addresses, Settings settings, Terminal terminal, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<Opener> logger) : BackgroundService
{
    private volatile bool _isOpen;

    /// <summary>False at first: nobody is let in or turned away before it is known who may come.</summary>
    public bool IsOpen => _isOpen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(listening.SetResult))
        {
            await listening.Task.WaitAsync(stoppingToken);
        }

        while (!await TryOpenAsync(stoppingToken))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
        }
    }

    private async Task<bool> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await directory.CatchUpAsync(cancellationToken);
            // The first server makes the keys here, before anybody needs them.
            keys.CreateProtector(nameof(Opener)).Protect([]);
            var links = await firstRun.RunAsync(cancellationToken);
            _isOpen = true;
            Greet(links);
            return true;
        }
        catch (JournalUnavailableException e)
        {
            LogUnavailable(e.Message);
            return false;
        }
    }

    /// <summary>For people, past the logger: no log may hold a link.</summary>
    private void Greet(LinksFile? links)
    {
        var print = terminal.Out;
        print.WriteLine($"Summit is at {addresses.Own}");
        if (links is null || !settings.PrintLinks)
        {
            return;
        }

        foreach (var conference in links.Conferences)
        {
            print.WriteLine();
            print.WriteLine($"  {conference.Title}");
            print.WriteLine($"    {"Join",-14}{conference.Code}   {conference.Join}");
            foreach (var link in conference.Links)
            {
                print.WriteLine($"    {link.Label,-14}{link.Link}");
            }
        }

        foreach (var network in links.Networks ?? [])
        {
            print.WriteLine();
            print.WriteLine($"  {network.Title}");
            print.WriteLine($"    {"Page",-14}{network.Page}");
            foreach (var link in network.Links)
            {
                print.WriteLine($"    {link.Label,-14}{link.Link}");
            }
        }

        print.WriteLine();
        print.WriteLine($"  {"Administrator",-16}{links.Admin}");
        print.WriteLine();
        print.WriteLine($"  The same lies in {Path.Combine(settings.Data, LinksFile.Name)}. Who has a link has its powers.");
        print.Flush();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal cannot be read yet: {Reason}. Trying again.")]
    private partial void LogUnavailable(string reason);
}

/// <summary>Where the server speaks to the person who started it.</summary>
public sealed record Terminal(TextWriter Out);
