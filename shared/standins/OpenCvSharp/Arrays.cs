namespace OpenCvSharp;

public class InputArray : DisposableCvObject
{
    private readonly Mat _mat;

    private InputArray(Mat mat)
        : base(mat.CvPtr) => _mat = mat;

    public static implicit operator InputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return new InputArray(mat);
    }

    internal void KeepAlive() => GC.KeepAlive(_mat);
}

public class OutputArray : DisposableCvObject
{
    private readonly Mat _mat;

    private OutputArray(Mat mat)
        : base(mat.CvPtr) => _mat = mat;

    public static implicit operator OutputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return new OutputArray(mat);
    }

    internal void KeepAlive() => GC.KeepAlive(_mat);
}
