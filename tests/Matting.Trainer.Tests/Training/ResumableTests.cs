using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Schedules;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Training;

public sealed class ResumableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Schedules => ["constant", "plateau", "poly", "cosine"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule_that_was_saved_goes_on_as_the_one_that_never_stopped(string name)
    {
        ISchedule whole = Schedule(name), first = Schedule(name);
        for (int i = 0; i < 17; i++)
            Assert.Equal(Advance(whole, i), Advance(first, i));
        ISchedule second = Schedule(name);
        second.Load(ThroughFile(first.Save()), "state.pth");

        for (int i = 17; i < 40; i++)
            Assert.Equal(Advance(whole, i), Advance(second, i));
    }

    [Theory]
    [InlineData("plateau", "best", "a number")]
    [InlineData("plateau", "num_bad_epochs", "a whole number")]
    [InlineData("poly", "step", "a whole number")]
    [InlineData("cosine", "step", "a whole number")]
    public void What_is_missing_or_of_another_kind_in_a_saved_schedule_is_named(string name, string key, string expected)
    {
        PickleDict saved = Schedule(name).Save(), without = new();
        foreach ((PickleValue k, PickleValue v) in saved)
        {
            if (k is PickleString text && text.Value != key)
                without.Add(k, v);
        }
        saved[key] = "text";

        WeightsFormatException wrong = Assert.Throws<WeightsFormatException>(() => Schedule(name).Load(saved, "state.pth"));
        WeightsFormatException missing = Assert.Throws<WeightsFormatException>(() => Schedule(name).Load(without, "state.pth"));

        Assert.Equal(WeightsFormatError.BadValue, wrong.Reason);
        Assert.StartsWith($"state.pth: '{key}': expected {expected}", wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith("there is a str", wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith("nothing is there", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_that_is_negative_or_beyond_all_bounds_is_refused()
    {
        foreach (System.Numerics.BigInteger number in new[] { System.Numerics.BigInteger.MinusOne, System.Numerics.BigInteger.Pow(2, 70) })
        {
            PickleDict saved = new() { { "step", new PickleInteger(number) } };
            Assert.Throws<WeightsFormatException>(() => Schedule("cosine").Load(saved, "state.pth"));
        }
    }

    [Fact]
    public void An_average_that_was_saved_goes_on_as_the_one_that_never_stopped()
    {
        SampleNetwork network = new();
        using ParameterStore weights = new(network, NetworkInitialiser.Create(network, 1));
        using WeightAverage whole = new(network, weights, 0.5), first = new(network, weights, 0.5);
        Move(weights, whole, first);
        using WeightAverage second = new(network, weights, 0.5);
        second.Load(ThroughFile(first.Save()), "state.pth");
        Move(weights, whole, second);

        Assert.Equal(2, second.Updates);
        foreach ((string name, WeightTensor tensor) in whole.Parameters.ToStateDict())
            Assert.Equal(tensor.Data.ToArray(), second.Parameters.ToStateDict()[name].Data.ToArray());
    }

    [Fact]
    public void The_average_of_another_network_changes_nothing()
    {
        SampleNetwork network = new();
        using ParameterStore weights = new(network, NetworkInitialiser.Create(network, 1));
        using WeightAverage average = new(network, weights, 0.5);
        PickleDict saved = new() { { "updates", 5 }, { "model_state", new PickleDict { { "conv.weight", WeightTensor.FromFloat32([1], 1) } } } };

        Assert.Throws<StateMismatchException>(() => average.Load(saved, "state.pth"));

        Assert.Equal(0, average.Updates);
    }

    private static void Move(ParameterStore weights, params WeightAverage[] averages)
    {
        using (torch.no_grad())
        {
            foreach (NamedParameter parameter in weights.Trainable)
                parameter.Value.mul_(1.25);
        }
        foreach (WeightAverage average in averages)
            average.Update();
    }

    private PickleDict ThroughFile(PickleDict saved)
    {
        PthFile.Write(_folder.File("saved.pth"), saved);
        return Assert.IsType<PickleDict>(PthFile.Read(_folder.File("saved.pth")).Root);
    }

    // an epoch of three steps whose validation gets better at first
    private static double Advance(ISchedule schedule, int step)
    {
        schedule.StepDone();
        if (step % 3 == 2)
            schedule.EpochDone(Math.Max(0.5, 1 - 0.1 * step));
        return schedule.Lr;
    }

    private static ISchedule Schedule(string name) => name switch
    {
        "constant" => new ConstantSchedule(0.1),
        "plateau" => new PlateauSchedule(0.1, new PlateauOptions { Patience = 1, Cooldown = 2, Factor = 0.5 }),
        "poly" => new PolySchedule(0.1, new PolyOptions { Power = 0.9, MinLr = 1e-4, End = 35 }),
        _ => new CosineSchedule(0.1, new CosineOptions { MinLr = 1e-4, WarmupSteps = 5, Steps = 35 }),
    };
}
