using Matting.Shared;

namespace Matting.Trainer.Export;

/// <summary>A model could not be exported; no file was put in place.</summary>
/// <param name="message">One line.</param>
public sealed class ExportException(string message) : Exception(message), IUserFacingError;
