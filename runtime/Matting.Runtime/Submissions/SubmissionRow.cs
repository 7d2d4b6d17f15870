namespace Matting.Runtime.Submissions;

/// <summary>One picture of a submission.</summary>
/// <param name="Name">The picture's name as it is written (<see cref="SubmissionFile.NameOf"/>).</param>
/// <param name="Png">Its alpha as a grey 8-bit PNG.</param>
public readonly record struct SubmissionRow(string Name, ReadOnlyMemory<byte> Png);
