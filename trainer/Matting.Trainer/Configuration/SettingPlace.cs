namespace Matting.Trainer.Configuration;

/// <summary>Where a setting was written: a line of a file, or a <c>--set</c> of the command line.</summary>
/// <param name="Source">The file as it was named, or <c>--set key=value</c>.</param>
/// <param name="Line">The line, counted from 1; 0 where lines mean nothing.</param>
public sealed record SettingPlace(string Source, int Line)
{
    /// <summary><c>file:line</c>, or the source alone.</summary>
    public override string ToString() => Line > 0 ? $"{Source}:{Line}" : Source;
}
