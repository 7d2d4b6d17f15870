// Running other programs.

sealed record Outcome(int ExitCode, string Output, bool TimedOut);

// Runs a program, its input and output passed through, and returns its exit code.
int ExitCodeOf(string program, params string[] arguments)
{
    var start = new System.Diagnostics.ProcessStartInfo(program, arguments) { WorkingDirectory = repository.FullPath };
    using var process = System.Diagnostics.Process.Start(start)!;
    process.WaitForExit();
    return process.ExitCode;
}

// The same, where anything but success ends the build.
void Run(string program, params string[] arguments)
{
    var code = ExitCodeOf(program, arguments);
    if (code != 0)
    {
        throw new CakeException(code, $"{program} {string.Join(' ', arguments)} failed with exit code {code}.");
    }
}

// Runs a program and keeps what it prints; after the limit it is ended together with its children.
// A program that is not there counts as exit code 127, as in a shell.
Outcome Capture(TimeSpan limit, string program, params string[] arguments)
{
    var start = new System.Diagnostics.ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = repository.FullPath,
    };
    start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
    var output = new System.Text.StringBuilder();
    void Keep(object sender, System.Diagnostics.DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.AppendLine(line.Data);
        }
    }

    using var process = new System.Diagnostics.Process { StartInfo = start };
    process.OutputDataReceived += Keep;
    process.ErrorDataReceived += Keep;
    try
    {
        process.Start();
    }
    catch (System.ComponentModel.Win32Exception)
    {
        return new Outcome(127, $"{program} is not on the PATH", false);
    }

    process.BeginOutputReadLine();
    process.BeginErrorReadLine();
    var ended = process.WaitForExit(limit);
    if (!ended)
    {
        process.Kill(entireProcessTree: true);
    }

    process.WaitForExit();
    lock (output)
    {
        return new Outcome(ended ? process.ExitCode : -1, output.ToString(), !ended);
    }
}

bool IsOnPath(string program) => (System.Environment.GetEnvironmentVariable("PATH") ?? "")
    .Split(System.IO.Path.PathSeparator)
    .Any(folder => System.IO.File.Exists(System.IO.Path.Combine(folder, program)));
