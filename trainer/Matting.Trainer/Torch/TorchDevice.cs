using System.Globalization;
using System.Reflection;
using TorchSharp;

namespace Matting.Trainer.Torch;

/// <summary>Devices by their name in recipes and on the command line.</summary>
public static class TorchDevice
{
    /// <summary>The tensor library and its version, for people: <c>TorchSharp 0.107.0, libtorch 2.10.0</c>.</summary>
    public static string Engine
    {
        get
        {
            string version = typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
            // what follows the plus is the commit it was built from
            return $"TorchSharp {version.Split('+')[0]}, libtorch {torch.__version__}";
        }
    }

    /// <summary>True for <c>cpu</c>, <c>cuda</c> and <c>cuda:N</c>, whether or not there is such a device here.</summary>
    public static bool IsName(string name) => name is "cpu" || TryCudaIndex(name, out _);

    /// <summary>The device of a name.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c> (the first) or <c>cuda:N</c>.</param>
    /// <exception cref="TrainingException">The device is not here; the message says what is missing.</exception>
    public static torch.Device Open(string name)
    {
        if (name == "cpu")
            return torch.CPU;
        if (!TryCudaIndex(name, out int index))
            throw new TrainingException($"'{name}' is not a device, expected cpu, cuda or cuda:N");
        if (!torch.cuda.is_available())
            throw new TrainingException($"device {name}: this libtorch finds no CUDA (a GPU, its driver and a libtorch built for CUDA are needed); use cpu");
        int count = torch.cuda.device_count();
        if (index >= count)
            throw new TrainingException($"device {name}: there are only {count} CUDA devices, cuda:0 to cuda:{count - 1}");
        return torch.device(DeviceType.CUDA, index);
    }

    /// <summary>Lets GPUs multiply float32 with TF32's ten bits of precision, which is several times as fast (the settings of PyTorch's <c>torch.backends</c>).</summary>
    /// <param name="matmul">In matrix products: PyTorch's matmul precision <c>high</c>, against <c>highest</c>.</param>
    /// <param name="convolutions">In convolutions.</param>
    public static void AllowTf32(bool matmul, bool convolutions)
    {
        torch.backends.cuda.matmul.allow_tf32 = matmul;
        torch.backends.cudnn.allow_tf32 = convolutions;
    }

    private static bool TryCudaIndex(string name, out int index)
    {
        index = 0;
        return name == "cuda"
            || (name.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
    }
}
