using Matting.Trainer.Training;

namespace Matting.Trainer.Cli;

/// <summary>What to type to go on with a run.</summary>
internal static class ResumeHint
{
    /// <summary>The command line, with a path that holds in the folder the process works in.</summary>
    public static string Of(RunFolder run)
    {
        // a folder stands for the newest run in it
        string path = RunFolder.Newest(run.Folder) == run.Number ? run.Folder : run.StatePath;
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        string shown = relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
        return $"matting-train train --resume {Quoted(shown)}";
    }

    private static string Quoted(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '\\' or '.' or '_' or '-' or ':') ? path : $"\"{path}\"";
}
