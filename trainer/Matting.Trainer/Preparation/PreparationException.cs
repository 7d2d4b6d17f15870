using Matting.Shared;

namespace Matting.Trainer.Preparation;

/// <summary>Cut-outs cannot be prepared as a whole; the message says why and what would work.</summary>
public sealed class PreparationException(string message, Exception? inner = null) : Exception(message, inner), IUserFacingError;
