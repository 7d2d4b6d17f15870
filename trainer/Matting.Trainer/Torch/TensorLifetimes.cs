using Matting.Shared.Networks;

namespace Matting.Trainer.Torch;

/// <summary>
/// Which value of a network is used for the last time by which operation. With it an interpreter frees
/// feature maps as soon as nobody needs them, as the reference counts of Python would.
/// </summary>
/// <remarks>
/// Values and operations are numbered by their order in <see cref="INetwork.Forward"/>: the image is
/// value 0, and operation k makes value k.
/// </remarks>
public sealed class TensorLifetimes
{
    private readonly List<int> _lastUse;

    private TensorLifetimes(List<int> lastUse) => _lastUse = lastUse;

    /// <summary>Follows the values of a network once through its definition.</summary>
    public static TensorLifetimes Of(INetwork network)
    {
        Recorder recorder = new();
        NamedOutputs<int> outputs = network.Forward(recorder, 0);
        List<int> lastUse = recorder.LastUse;
        foreach (int output in outputs.Values)
            lastUse[output] = int.MaxValue;
        lastUse[0] = int.MaxValue; // the image belongs to the caller
        return new TensorLifetimes(lastUse);
    }

    /// <summary>True when no operation after <paramref name="operation"/> uses the value, and the network does not return it.</summary>
    public bool EndsAt(int value, int operation) => _lastUse[value] <= operation;

    private sealed class Recorder : ITensorOps<int>
    {
        public List<int> LastUse { get; } = [0];

        public int Conv2d(int x, string name, Conv2dSpec spec) => Use(x);

        public int BatchNorm2d(int x, string name, BatchNorm2dSpec spec) => Use(x);

        public int Relu(int x) => Use(x);

        public int Sigmoid(int x) => Use(x);

        public int MaxPool2d(int x, MaxPool2dSpec spec) => Use(x);

        public int UpsampleTo(int x, int like, UpsampleMode mode) => Use(x, like);

        public int UpsampleBy(int x, int factor, UpsampleMode mode) => Use(x);

        public int Concat(params ReadOnlySpan<int> xs) => Use(xs);

        public int Add(int a, int b) => Use(a, b);

        public int Mul(int a, int b) => Use(a, b);

        public int Dropout2d(int x, string name, double probability) => Use(x);

        private int Use(params ReadOnlySpan<int> values)
        {
            int operation = LastUse.Count;
            foreach (int value in values)
                LastUse[value] = operation;
            LastUse.Add(operation); // a result that nobody uses ends where it is made
            return operation;
        }
    }
}
