using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Size(int Width, int Height)
{
    public int Width = Width;

    public int Height = Height;
}

public readonly record struct MatType(int value)
{
    public static readonly MatType CV_8UC1 = new(0);

    public static readonly MatType CV_8UC3 = new(2 << ChannelShift);

    public static readonly MatType CV_8UC4 = new(3 << ChannelShift);

    public static readonly MatType CV_32FC1 = new(5);

    private const int ChannelShift = 3;

    private static readonly string[] Depths = ["CV_8U", "CV_8S", "CV_16U", "CV_16S", "CV_32S", "CV_32F", "CV_64F", "CV_USRTYPE1"];

    private readonly int value = value;

    public int Value => value;

    public override string ToString()
    {
        int channels = (value >> ChannelShift) + 1;
        string depth = Depths[value & (Depths.Length - 1)];
        return channels <= 4 ? $"{depth}C{channels}" : $"{depth}C({channels})";
    }
}

[Flags]
public enum InterpolationFlags
{
    Nearest = 0,
    Linear = 1,
}

public enum BorderTypes
{
    Constant = 0,
    Replicate = 1,
    Reflect = 2,
    Reflect101 = 4,
    Default = Reflect101,
}
