namespace OpenCvSharp;

public abstract class DisposableObject : IDisposable
{
    private int _disposed;

    public bool IsDisposed { get; protected set; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        IsDisposed = true;
        DisposeUnmanaged();
    }

    ~DisposableObject() => Dispose(false);

    protected virtual void DisposeUnmanaged()
    {
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, this);
}

public abstract class DisposableCvObject : DisposableObject, ICvPtrHolder
{
    protected IntPtr ptr;

    protected DisposableCvObject(IntPtr ptr) => this.ptr = ptr;

    public IntPtr CvPtr
    {
        get
        {
            ThrowIfDisposed();
            return ptr;
        }
    }

    protected override void DisposeUnmanaged()
    {
        ptr = IntPtr.Zero;
        base.DisposeUnmanaged();
    }
}

public interface ICvPtrHolder
{
    IntPtr CvPtr { get; }
}
