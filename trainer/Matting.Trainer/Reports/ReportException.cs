using Matting.Shared;

namespace Matting.Trainer.Reports;

/// <summary>There is nothing to report on, or what is there cannot be read; the message names the file.</summary>
/// <param name="message">One line.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class ReportException(string message, Exception? inner = null) : Exception(message, inner), IUserFacingError;
