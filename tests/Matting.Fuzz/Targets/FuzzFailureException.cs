namespace Matting.Fuzz.Targets;

/// <summary>An input was answered, but wrongly.</summary>
internal sealed class FuzzFailureException(string message) : Exception(message);
