namespace Matting.Trainer.Data;

/// <summary>One sample cannot be used: a file of it is unreadable, or its picture and its alpha do not fit together.</summary>
/// <param name="message">One line: CSV, row, file, cause.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class UnreadableSampleException(string message, Exception? inner = null) : TrainingException(message, inner);
