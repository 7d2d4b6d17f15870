namespace Matting.Runtime.Cli.Batches;

/// <summary>A picture of a batch.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Name">Where it lies in what was named on the command line: below a folder or below the fixed part of a pattern, else the file name alone.</param>
internal readonly record struct PictureSource(string Path, string Name);
