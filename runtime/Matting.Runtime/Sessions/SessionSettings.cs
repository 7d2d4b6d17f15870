using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions;

/// <summary>
/// The settings that sessions run with, and why. Measured with U2NETP and ONNX Runtime 1.30 on two cores with AVX-512, variants in turn, seconds
/// of wall-clock time for one input of 1024x1024: one session of two threads 1.20 to 1.22; two runs at a time of one thread each 1.25, with twice the memory
/// (a pipeline of such runs gains 6 % at 256x256 and nothing from 512x512 on); no spinning 1.25 to 1.35, and up to a fifth longer beside decoding and
/// encoding; denormals as zero 1.25. Optimisation below <c>ORT_ENABLE_ALL</c> costs two thirds more, since the blocked layout of convolutions is part
/// of it; no arena a quarter more (page faults); the memory pattern 5 % more and twice the memory. A saved optimised model would spare 20 ms of loading
/// and be good for one kind of processor only.
/// </summary>
internal static class SessionSettings
{
    // on the CPU more inputs at once save time only while they are small (8 % at 64x64, 3 % at 512x512, none at 1024x1024),
    // and memory grows with them: 2.5 GB for U2NETP at this many pixels
    private const long CpuPixelsTogether = 1024 * 1024;

    // bytes of one constant that is computed when a model is loaded (64 MiB): a small file could ask for a gigabyte many times over
    private const string LargestFolded = "67108864";

    /// <summary>For a session whose runs take a number of threads.</summary>
    public static SessionOptions For(int threads)
    {
        SessionOptions options = new()
        {
            IntraOpNumThreads = threads,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            EnableCpuMemArena = true,
            EnableMemoryPattern = false,
            // failures arrive as exceptions; the same text on stderr would only disturb a command's output
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("optimization.constant_folding_max_output_size_in_bytes", LargestFolded);
        return options;
    }

    /// <summary>Most pixels that a network gets at once, if that is more than one input.</summary>
    public static long PixelsTogether(ComputeDevice device) => device.IsCpu ? CpuPixelsTogether : long.MaxValue;
}
