using System.Diagnostics;
using Matting.CommandLine;
using Matting.Testing;
using Matting.Trainer.Tests.Data;

namespace Matting.Trainer.Tests.Cli;

/// <summary>Ctrl-C on a real terminal, made by util-linux' script.</summary>
public sealed class TerminalTests
{
    private const int MostMilliseconds = 300_000;

    [Fact(Timeout = MostMilliseconds)]
    public async Task Ctrl_C_asks_goes_on_saves_and_stops()
    {
        const string Script = "/usr/bin/script";
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Script), $"SKIPPED: there is no {Script} to make a terminal with");
        Signals.SkipUnlessTaken("INT");
        using TempFolder folder = new();
        SampleFiles.Write(folder, "train.csv", 4, 64, 64);
        SampleFiles.Write(folder, "val.csv", 1, 64, 64);
        File.WriteAllText(folder.File("recipe.yaml"), "{epochs: 100000, batch: 2, augment: {crop: 64}, validation: {size: 32}, machine: {threads: 1}}");
        string train = $"'{CommandProcess.Dotnet}' '{CommandProcess.Command}' train --recipe '{folder.File("recipe.yaml")}' "
            + $"--set 'data.train={folder.File("train.csv")}' 'data.val={folder.File("val.csv")}' 'output={folder.File("run")}'";
        using Process terminal = Process.Start(new ProcessStartInfo(Script, ["-qefc", train, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm" },
        })!;
        try
        {
            TerminalText text = new(terminal.StandardOutput);
            await text.Until("Epoch 1:");
            foreach ((string answer, string then) in ((string, string)[])[("c", "Epoch"), ("s", "saved ")])
            {
                await Type(terminal, "\u0003");
                await text.Until("s[t]op?");
                await Type(terminal, answer + "\r");
                await text.Until(then);
            }
            await Type(terminal, "\u0003");
            await text.Until("s[t]op?");
            // at the question it stops, as does the answer t
            await Type(terminal, "\u0003");
            await text.Until("to go on: matting-train train --resume");
            await terminal.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(ExitCodes.Interrupted, terminal.ExitCode);
            Assert.True(File.Exists(folder.File("run", "state.pth")));
        }
        finally
        {
            if (!terminal.HasExited)
                terminal.Kill(entireProcessTree: true);
        }
    }

    private static async Task Type(Process terminal, string keys)
    {
        await terminal.StandardInput.WriteAsync(keys);
        await terminal.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What a terminal shows, read as it comes.</summary>
    private sealed class TerminalText(StreamReader reader)
    {
        private readonly char[] _buffer = new char[4096];
        private string _unread = "";

        public async Task Until(string text)
        {
            int found;
            while ((found = _unread.IndexOf(text, StringComparison.Ordinal)) < 0)
            {
                int read = await reader.ReadAsync(_buffer, TestContext.Current.CancellationToken);
                Assert.True(read > 0, $"the terminal ended without '{text}': {_unread}");
                _unread += new string(_buffer, 0, read);
            }
            _unread = _unread[(found + text.Length)..];
        }
    }
}
