using OpenCvSharp.Native;

namespace OpenCvSharp;

public class Mat : DisposableCvObject
{
    internal Mat(IntPtr ptr)
        : base(ptr)
    {
    }

    public static unsafe Mat FromPixelData(int rows, int cols, MatType type, IntPtr data, long step = 0)
    {
        nint mat;
        Shim.Failure failure;
        Shim.MatNew(rows, cols, type.Value, data, (nuint)step, &mat, &failure);
        failure.ThrowIfAny();
        return new Mat(mat);
    }

    protected override void DisposeUnmanaged()
    {
        if (ptr != IntPtr.Zero)
            Shim.MatDelete(ptr);
        base.DisposeUnmanaged();
    }
}
