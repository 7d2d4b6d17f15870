using Matting.Shared;

namespace Matting.Trainer;

/// <summary>Training, or what belongs to it, cannot go on; the message says why and what would work.</summary>
/// <param name="message">One line.</param>
/// <param name="inner">The cause, or null.</param>
public class TrainingException(string message, Exception? inner = null) : Exception(message, inner), IUserFacingError;
