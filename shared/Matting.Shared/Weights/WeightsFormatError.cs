namespace Matting.Shared.Weights;

/// <summary>Why a weights file was refused.</summary>
public enum WeightsFormatError
{
    /// <summary>The content is of no known kind (neither <c>.pth</c> nor safetensors).</summary>
    UnknownFormat,

    /// <summary>The file ends before what its beginning promises.</summary>
    Truncated,

    /// <summary>The zip container breaks its own rules: offsets, sizes, names, overlaps, compression.</summary>
    BadContainer,

    /// <summary>Stored bytes do not have the checksum the container records for them.</summary>
    BadChecksum,

    /// <summary>The pickle stream breaks its own rules.</summary>
    BadPickle,

    /// <summary>The pickle asks for a class, function or kind of value that weights do not need; it is never executed.</summary>
    Forbidden,

    /// <summary>A limit on size, count or depth is exceeded.</summary>
    LimitExceeded,

    /// <summary>The numbers were written by a big-endian machine.</summary>
    BigEndian,

    /// <summary>The safetensors header is not what the format allows.</summary>
    BadHeader,

    /// <summary>Two tensors have the same name.</summary>
    DuplicateName,

    /// <summary>A tensor's element type is not one of <see cref="ElementType"/>.</summary>
    UnsupportedType,

    /// <summary>A tensor's shape, strides or place in its storage do not fit together.</summary>
    BadTensor,

    /// <summary>The tensors of a safetensors file overlap, leave gaps or do not cover the file.</summary>
    BadLayout,

    /// <summary>The file is readable but holds no state dictionary.</summary>
    NoStateDict,

    /// <summary>An entry beside the tensors is missing, or is not what it must be.</summary>
    BadValue,
}
