using Matting.Shared;

namespace Matting.Runtime;

/// <summary>Why a model cannot be used.</summary>
public enum MattingModelError
{
    /// <summary>There is no such file, or it cannot be read.</summary>
    Unreadable,

    /// <summary>The content is no ONNX model that ONNX Runtime can run.</summary>
    Invalid,

    /// <summary>Its inputs or outputs, or its task, are not those of alpha matting.</summary>
    Unsuitable,

    /// <summary>It does not say how it was trained and neither do the options.</summary>
    Undescribed,

    /// <summary>The options contradict what it says about itself.</summary>
    Contradiction,

    /// <summary>ONNX Runtime failed while it ran.</summary>
    RunFailed,

    /// <summary>Loading or running it takes more memory than there is, or than <see cref="MattingModelOptions.MemoryLimit"/> allows.</summary>
    OutOfMemory,

    /// <summary>It ran, but gave NaN or infinity for a picture; others may go well.</summary>
    BadOutput,
}

/// <summary>A model that cannot be loaded or run; the message is one line that begins with its name.</summary>
public sealed class MattingModelException : Exception, IUserFacingError
{
    /// <summary>Creates the exception.</summary>
    /// <param name="model">The model's file, or the name it was given.</param>
    /// <param name="reason">The kind of failure.</param>
    /// <param name="detail">What is wrong and what would work.</param>
    /// <param name="inner">The cause, or null.</param>
    public MattingModelException(string model, MattingModelError reason, string detail, Exception? inner = null)
        : base($"{model}: {detail}", inner) => (Model, Reason) = (model, reason);

    /// <summary>The model's file, or the name it was given.</summary>
    public string Model { get; }

    /// <summary>The kind of failure.</summary>
    public MattingModelError Reason { get; }
}
