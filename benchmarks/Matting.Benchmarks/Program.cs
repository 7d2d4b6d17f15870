using BenchmarkDotNet.Running;
using Matting.Benchmarks;

if (SomeDevices.LeftOut is { } leftOut)
    Console.WriteLine(leftOut);
// `--list flat` names the benchmarks, `--filter '*Resize*'` runs some, no argument asks; see `--help`
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSettings).Assembly).Run(args, new BenchmarkSettings());
