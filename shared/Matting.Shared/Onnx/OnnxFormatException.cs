namespace Matting.Shared.Onnx;

/// <summary>Why an ONNX file was refused.</summary>
public enum OnnxFormatError
{
    /// <summary>The content is no ONNX model: empty, damaged, cut off, or something else altogether.</summary>
    NotOnnx,

    /// <summary>A limit on size or count is exceeded.</summary>
    LimitExceeded,

    /// <summary>A tensor's shape, type and content do not fit together.</summary>
    BadTensor,

    /// <summary>A tensor's content lies in another file; such models are not read.</summary>
    ExternalData,

    /// <summary>Metadata of this toolchain is missing, garbled, or contradicts itself or the graph.</summary>
    BadMetadata,
}

/// <summary>The one exception for ONNX files whose content is damaged, hostile or contradictory.</summary>
public sealed class OnnxFormatException : Exception, IUserFacingError
{
    /// <summary>Describes a refused file; the message is one line: file, detail.</summary>
    /// <param name="file">The path or the name the content goes by.</param>
    /// <param name="reason">The kind of defect.</param>
    /// <param name="detail">What is wrong.</param>
    /// <param name="inner">The exception that told, when one did.</param>
    public OnnxFormatException(string file, OnnxFormatError reason, string detail, Exception? inner = null)
        : base($"{file}: {OneLine(detail)}", inner)
    {
        File = file;
        Reason = reason;
    }

    /// <summary>The path or the name the content goes by.</summary>
    public string File { get; }

    /// <summary>The kind of defect.</summary>
    public OnnxFormatError Reason { get; }

    // names and metadata come out of hostile files: no control characters, no novels
    private static string OneLine(string text)
    {
        const int Longest = 300;
        string shortened = text.Length <= Longest ? text : $"{text.AsSpan(0, Longest)}...";
        return string.Concat(shortened.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
