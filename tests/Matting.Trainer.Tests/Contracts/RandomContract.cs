using TorchSharp;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

/// <summary>The seeds of libtorch's default generator are the process's: these tests share it with no other.</summary>
[Collection(nameof(DefaultGenerator))]
public sealed class RandomContract
{
    [Fact]
    public void A_seed_repeats_its_numbers()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(42);
        float[] first = rand(100).data<float>().ToArray();
        float[] second = randn(100).data<float>().ToArray();
        manual_seed(42);
        Assert.Equal(first, rand(100).data<float>().ToArray());
        Assert.Equal(second, randn(100).data<float>().ToArray());
        Assert.Equal(42L, initial_seed());
        Assert.All(first, f => Assert.InRange(f, 0f, 1f));
        Assert.InRange(second.Average(), -0.4f, 0.4f); // four standard deviations of the mean
    }

    [Fact]
    public void A_generator_of_its_own_does_not_touch_the_default_one()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator one = new(5);
        using Generator two = new(5);
        manual_seed(1);
        float[] expected = rand(4).data<float>().ToArray();
        manual_seed(1);
        Assert.Equal(rand(8, generator: one).data<float>().ToArray(), rand(8, generator: two).data<float>().ToArray());
        Assert.Equal(expected, rand(4).data<float>().ToArray());
        two.set_state(one.get_state());
        Assert.Equal(randint(100, [5], generator: one).data<long>().ToArray(), randint(100, [5], generator: two).data<long>().ToArray());
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (long)i), randperm(6, generator: one).data<long>().ToArray().Order());
    }

    [Fact]
    public void Samples_fill_a_tensor_in_place()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(2);
        Assert.All(empty(50).uniform_(2, 3).data<float>().ToArray(), f => Assert.InRange(f, 2f, 3f));
        Assert.InRange(empty(1000).normal_(5, 0.1).mean().ToSingle(), 4.98f, 5.02f); // six standard deviations of the mean
        Assert.Equal([0f, 1f], empty(100).bernoulli_(0.5).data<float>().ToArray().Distinct().Order());
    }
}

/// <summary>Tests that seed libtorch's default generator run one after the other.</summary>
[CollectionDefinition(nameof(DefaultGenerator), DisableParallelization = true)]
public sealed class DefaultGenerator;
