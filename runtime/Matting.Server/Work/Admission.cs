namespace Matting.Server.Work;

/// <summary>Counts the requests in the house and turns away those that are too many, or that come when the server stops.</summary>
internal sealed class Admission(int most)
{
    private readonly Lock _lock = new();
    private int _inside;
    private bool _closed;

    public int Inside => Volatile.Read(ref _inside);

    public bool IsClosed => Volatile.Read(ref _closed);

    public bool HasRoom => !IsClosed && Inside < most;

    public bool TryEnter()
    {
        lock (_lock)
        {
            if (!HasRoom)
                return false;
            _inside++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
            _inside--;
    }

    public void Close()
    {
        lock (_lock)
            _closed = true;
    }
}
