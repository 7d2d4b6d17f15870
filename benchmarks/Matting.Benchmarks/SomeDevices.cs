using Matting.Runtime;

namespace Matting.Benchmarks;

/// <summary>The devices that the network is measured on: the CPU, and the GPU where it runs.</summary>
internal static class SomeDevices
{
    public const string Cpu = "cpu";
    private const string Cuda = "cuda:0";
    private const int SmallSide = 64;

    private static readonly Lazy<string?> WhyNoCuda = new(Try);

    /// <summary>What <c>Device</c> columns hold.</summary>
    public static IEnumerable<string> Names => WhyNoCuda.Value is null ? [Cpu, Cuda] : [Cpu];

    /// <summary>What is not measured and why; null when everything is.</summary>
    public static string? LeftOut => WhyNoCuda.Value is { } reason ? $"left out, because it does not run here: {reason}" : null;

    private static string? Try()
    {
        try
        {
            using MattingModel model = SomeModel.Load(SmallSide, Cuda);
            model.WarmUp();
            return null;
        }
        catch (Exception failure) when (failure is DeviceUnavailableException or MattingModelException)
        {
            return failure.Message;
        }
    }
}
