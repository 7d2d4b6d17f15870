using Matting.Shared.Numerics;

namespace Matting.Fuzz.Targets;

/// <summary>Does what no target should do, so that tests see it found. Which of it, the first byte says.</summary>
internal sealed class TrialTarget(string name, byte misdeed) : FuzzTarget(name, ".bin")
{
    public const byte Throws = 1, Lies = 2, Crashes = 3, Hangs = 4, Sleeps = 5, Grows = 6;

    public override byte[] Input(SeededRandom random) => [random.Chance(0.4) ? misdeed : (byte)0];

    public override void Try(byte[] input)
    {
        switch (input[0])
        {
            case Throws:
                throw new InvalidOperationException("an exception that nobody expects");
            case Lies:
                throw new FuzzFailureException("a wrong answer");
            case Crashes:
                Environment.FailFast("a crash");
                break;
            case Hangs:
                while (true)
                    Thread.SpinWait(1000);
            case Sleeps:
                Thread.Sleep(Timeout.Infinite);
                break;
            case Grows:
                byte[] much = new byte[MemoryCap];
                Array.Fill<byte>(much, 1);
                GC.KeepAlive(much);
                break;
            default:
                break;
        }
    }

    public override bool Accepts(Exception failure) => false;
}
