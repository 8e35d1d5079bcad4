namespace Summit.Server.Live;

/// <summary>All who follow a room, in groups that are woken together.</summary>
/// <remarks>Not thread-safe; its room calls it under the room's lock.</remarks>
internal sealed class Followers(LiveMeters meters)
{
    private readonly List<Group> _groups = [];

    public int Count => _groups.Sum(group => group.Count);

    /// <summary>How many have handed on what they took.</summary>
    public int Waiting => _groups.Sum(group => group.Waiting);

    public void Add(Follower follower)
    {
        var group = _groups.Find(group => group.Count < Group.Most);
        if (group is null)
        {
            _groups.Add(group = new Group(meters));
        }

        group.Put(null, follower);
    }

    public void Remove(Follower follower) => _groups.Find(group => group.Put(follower, null));

    /// <summary>Lets all look for what is new, on other threads.</summary>
    public void Wake()
    {
        foreach (var group in _groups)
        {
            if (group.Count > 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(group, preferLocal: false);
            }
        }
    }

    private sealed class Group(LiveMeters meters) : IThreadPoolWorkItem
    {
        /// <summary>
        /// Woken by one work item, one after the other. Alone, each would cost a trip through the pool's queue, which is a good part of
        /// what a frame costs; all in one, a large hall would wait for one core.
        /// </summary>
        public const int Most = 32;

        private readonly Follower?[] _members = new Follower?[Most];

        public int Count { get; private set; }

        public int Waiting => _members.Count(member => member?.IsWaiting == true);

        /// <summary>Puts one in the place of another; null stands for a free place. False if there is none such.</summary>
        public bool Put(Follower? old, Follower? follower)
        {
            var place = Array.IndexOf(_members, old);
            if (place < 0)
            {
                return false;
            }

            Volatile.Write(ref _members[place], follower);
            Count += (follower is null ? 0 : 1) - (old is null ? 0 : 1);
            return true;
        }

        public void Execute()
        {
            var taken = 0;
            for (var i = 0; i < _members.Length; i++)
            {
                taken += Volatile.Read(ref _members[i])?.Wake() == true ? 1 : 0;
            }

            meters.Frames.Add(taken);
        }
    }
}
