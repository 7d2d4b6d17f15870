using System.CommandLine;
using System.Net;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Server;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting serve</c>: models over HTTP.</summary>
internal static class ServeCommand
{
    private const int Mebi = 1 << 20;
    private const int MostMebi = 1 << 24;

    public static Command Create()
    {
        ServerOptions defaults = ServerOptions.Default;
        Option<string[]> files = new("--model")
        {
            Description = "ONNX model; several, each with --model, are chosen by ?model=NAME, the name of the file without extension, and the first is for requests that choose none",
            HelpName = "FILE",
            Required = true,
        };
        Option<int?> loaded = CommonOptions.WholeOrNone(
            "--max-loaded", "Models in memory at once; the least recently used ones go and are loaded again when they are asked for", 1, 1024, "all");
        Option<IPAddress> host = Host(defaults.Address);
        Option<int> port = CommonOptions.Whole("--port", "Port to listen on; 0 takes a free one and prints it", 0, ushort.MaxValue, defaults.Port);
        Option<int> queue = CommonOptions.Whole("--queue", "Requests in the house at once; further ones are answered 503", 1, 65536, defaults.Queue);
        Option<int> wait = CommonOptions.Whole(
            "--batch-wait", "Milliseconds that a run which is not full waits for more pictures of its size, when --batch is above 1", 0, 60_000, (int)defaults.BatchWait.TotalMilliseconds);
        Option<int> body = CommonOptions.Whole("--max-body", "Refuse requests of more MiB", 1, 1024, (int)(defaults.MaxBody / Mebi));
        Option<int?> memory = CommonOptions.WholeOrNone(
            "--max-memory",
            $"MiB that requests may take at once, besides the model: a quarter for what clients send, the rest for pictures at work. Those that find too little wait or are answered 503. At least {ServerOptions.LeastMemoryInBodies} times --max-body",
            1,
            MostMebi,
            $"half of what this process may use (here {new ServerOptions().Memory / Mebi})");
        Option<int> drain = CommonOptions.Whole("--drain", "Seconds to finish what is queued when the server is stopped", 1, 3600, (int)defaults.DrainLimit.TotalSeconds);
        ModelArguments model = new();
        PictureArguments pictures = new(TestTimeAugmentation.None);
        Command command = new("serve", "Answers pictures sent over HTTP with their alphas, and shows a page to try it; Ctrl-C or SIGTERM ends it");
        command.Options.Add(files);
        command.Options.Add(loaded);
        model.AddSettingsTo(command);
        command.Options.Add(host);
        command.Options.Add(port);
        pictures.AddTo(command);
        command.Options.Add(wait);
        command.Options.Add(queue);
        command.Options.Add(body);
        command.Options.Add(memory);
        command.Options.Add(drain);
        command.SetAction((parsed, cancellation) =>
        {
            int largest = parsed.GetValue(body);
            if (parsed.GetValue(memory) is { } given && given < ServerOptions.LeastMemoryInBodies * largest)
                throw UserErrorException.Usage($"{memory.Name} {given}: at least {ServerOptions.LeastMemoryInBodies} times {body.Name}, which is {largest}");
            AspNetCoreRuntime.Require();
            string[] models = parsed.GetRequiredValue(files);
            MattingModelCacheOptions keeping = new() { MostModels = parsed.GetValue(loaded) ?? models.Length };
            return RunAsync(parsed, models, keeping, model.ReadSettings(parsed), new ServerOptions
            {
                Address = parsed.GetRequiredValue(host),
                Port = parsed.GetValue(port),
                Queue = parsed.GetValue(queue),
                BatchWait = TimeSpan.FromMilliseconds(parsed.GetValue(wait)),
                MaxBody = (long)largest * Mebi,
                MaxMemory = (long?)parsed.GetValue(memory) * Mebi,
                DrainLimit = TimeSpan.FromSeconds(parsed.GetValue(drain)),
                Predict = pictures.Read(parsed),
            }, cancellation);
        });
        return command.WithExamples(
            new CommandExample("matting serve --model model.onnx --port 8080", "A page at http://127.0.0.1:8080/, predictions at /predict"),
            new CommandExample("matting serve --model model.onnx --device cuda --batch 8", "Pictures of several clients share a run on the GPU"),
            new CommandExample("matting serve --model people.onnx --model things.onnx", "Two models: /predict?model=things; /models lists them"),
            new CommandExample("curl -F picture=@photo.jpg 'http://127.0.0.1:8080/predict?tta=flip' > alpha.png", "What a client sends"),
            new CommandExample("curl -F picture=@photo.jpg 'http://127.0.0.1:8080/predict?kind=composite&background=%23ffffff&format=jpeg&quality=85' > white.jpg", "Options are those of predict"));
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, string[] files, MattingModelCacheOptions keeping, MattingModelOptions loading, ServerOptions options, CancellationToken cancellation)
    {
        TextWriter error = TextWriter.Synchronized(parsed.InvocationConfiguration.Error);
        using MattingModelCache models = new(keeping);
        await using MattingServer server = await MattingServer.StartAsync(models, files, loading, options with
        {
            Loaded = model =>
            {
                error.WriteLine(ModelArguments.Describe(model));
                if (model.FirstRunTime is { } warmUp)
                    error.WriteLine($"warmed up: the first run took {HumanText.Latency(warmUp)}");
            },
            Report = line => error.WriteLine($"{RootCommand.ExecutableName}: error: {line}"),
        }, cancellation);
        if (!IPAddress.IsLoopback(options.Address))
            error.WriteLine($"open to the network: whoever reaches {options.Address} can use this server; it asks for no password");
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"listening on {server.Address}");
        await parsed.InvocationConfiguration.Output.FlushAsync(CancellationToken.None);
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        error.WriteLine("stopping: no new requests; those in the house are answered");
        if (await server.StopAsync())
            return ExitCodes.Done;
        error.WriteLine($"{RootCommand.ExecutableName}: error: some requests were not answered within {options.DrainLimit.TotalSeconds:0} seconds (--drain)");
        return ExitCodes.Interrupted;
    }

    private static Option<IPAddress> Host(IPAddress defaultAddress) => new("--host")
    {
        Description = "Address to listen on; 0.0.0.0 opens the server to the network, without any password",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => defaultAddress,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text == "localhost")
                return IPAddress.Loopback;
            if (IPAddress.TryParse(text, out IPAddress? address))
                return address;
            result.AddError($"--host {text}: expected an IP address such as 127.0.0.1, or localhost");
            return defaultAddress;
        },
    };
}
