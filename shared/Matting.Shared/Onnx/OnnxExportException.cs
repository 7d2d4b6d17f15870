namespace Matting.Shared.Onnx;

/// <summary>A network or its weights cannot be exported.</summary>
public sealed class OnnxExportException : Exception, IUserFacingError
{
    /// <summary>Says in one line what stands in the way.</summary>
    public OnnxExportException(string message)
        : base(message)
    {
    }
}
