using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;
using Matting.Shared.Regions;
using Matting.Shared.Tests.Regions;
using Matting.Testing;

namespace Matting.Shared.Tests.Postprocessing;

public class ComponentPostprocessTests
{
    public static TheoryData<string> GoldenCases => Golden.Ids("post", "component_postprocess");

    [Theory]
    [MemberData(nameof(GoldenCases))]
    public void Golden_support_alpha_and_mask_are_exact(string id)
    {
        GoldenCase golden = Golden.Case(id);
        Npy alpha = golden.Input("pred");
        (int height, int width) = ((int)alpha.Shape[0], (int)alpha.Shape[1]);
        ComponentPostprocess process = new(OptionsOf(golden.Params));
        byte[] support = new byte[alpha.Floats.Length], mask = new byte[alpha.Floats.Length];
        float[] result = new float[alpha.Floats.Length];

        process.FindSupport(alpha.Floats, width, height, support);
        process.Apply(alpha.Floats, width, height, result);
        Quantise.Truncate(result, mask);

        Near.AssertSameBytes(golden.Output("support").Bytes, support, $"{id} support");
        Near.AssertClose(golden.Output("masked").Floats, result, 0, what: $"{id} masked");
        Near.AssertSameBytes(golden.Output("mask").Bytes, mask, $"{id} mask");
    }

    [Fact]
    public void The_defaults_are_the_golden_numbers()
    {
        GoldenCase golden = Golden.Case(Golden.Ids("post", "component_postprocess").First().Data);
        Assert.Equal(ComponentOptions.Default, OptionsOf(golden.Params));
    }

    [Fact]
    public void Any_alpha_and_any_numbers_give_what_the_words_say()
    {
        Gen<ComponentOptions> options =
            from keep in Gen.Choose(1, 5)
            from dilation in Gen.Elements(1, 3, 5, 7, 21)
            from peak in Gen.Elements(0, 0.2, 0.25, 1)
            from share in Gen.Elements(0, 0.01, 0.1, 0.5)
            from neighbourhood in Gen.Elements(Neighbourhood.Four, Neighbourhood.Eight)
            select new ComponentOptions { Keep = keep, Dilation = dilation, Peak = peak, AreaShare = share, Connectivity = neighbourhood };
        Gen<(Plane, ComponentOptions)> some = Gen.OneOf(SomePlanes.Alpha, SomePlanes.Hostile).Zip(options);
        Prop.ForAll(some.ToArbitrary(), pair =>
        {
            (Plane alpha, ComponentOptions numbers) = pair;
            Assert.Equal(ScalarPostprocess.Components(alpha, numbers), Applied(alpha, numbers));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(3, 7));
    }

    [Fact]
    public void A_larger_plane_gives_what_the_words_say_also_in_place_and_with_used_memory()
    {
        ComponentPostprocess process = new();
        foreach ((int width, int height, double density) in (ReadOnlySpan<(int, int, double)>)[(300, 170, 0.55), (97, 64, 0.6), (1, 40, 0.5), (40, 1, 0.5)])
        {
            Plane alpha = SomePlanes.Random(width, height, 5, density);
            float[] expected = ScalarPostprocess.Components(alpha, ComponentOptions.Default);
            float[] inPlace = [.. alpha.Values];
            process.Apply(inPlace, width, height, inPlace);
            Assert.Equal(expected, inPlace);
        }
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(0.05f, 0f)]
    [InlineData(0f, 0f)]
    [InlineData(float.NaN, 0f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0f)]
    public void A_constant_plane_stays_or_goes_as_a_whole(float value, float expected)
    {
        foreach ((int width, int height) in (ReadOnlySpan<(int, int)>)[(1, 1), (33, 2), (64, 64)])
            Assert.All(Applied(new Plane([.. Enumerable.Repeat(value, width * height)], width), ComponentOptions.Default), actual => Assert.Equal(expected, actual));
    }

    [Fact]
    public void Planes_and_numbers_that_make_no_sense_are_refused()
    {
        ComponentPostprocess process = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => process.Apply([], 0, 0, []));
        Assert.Throws<ArgumentException>(() => process.Apply(new float[5], 2, 3, new float[6]));
        Assert.Throws<ArgumentException>(() => process.Apply(new float[6], 2, 3, new float[5]));
        Assert.Throws<ArgumentException>(() => process.FindSupport(new float[6], 2, 3, new byte[5]));
        foreach (ComponentOptions wrong in (ReadOnlySpan<ComponentOptions>)
            [
                new() { Support = -0.1 }, new() { Support = double.NaN }, new() { Connectivity = (Neighbourhood)6 }, new() { Keep = 0 }, new() { Keep = 10_001 },
                new() { Peak = 1.1 }, new() { AreaShare = double.NaN }, new() { Dilation = 4 }, new() { Dilation = 0 }, new() { Dilation = 257 },
            ])
            Assert.Throws<ArgumentException>(wrong.Create);
    }

    private static float[] Applied(Plane alpha, ComponentOptions options)
    {
        float[] result = new float[alpha.Values.Length];
        options.Create().Apply(alpha.Values, alpha.Width, alpha.Height, result);
        return result;
    }

    private static ComponentOptions OptionsOf(JsonElement numbers) => new()
    {
        Support = numbers.GetProperty("threshold").GetDouble(),
        Connectivity = (Neighbourhood)numbers.GetProperty("connectivity").GetInt32(),
        Keep = numbers.GetProperty("top").GetInt32(),
        Peak = numbers.GetProperty("peak").GetDouble(),
        AreaShare = numbers.GetProperty("fraction").GetDouble(),
        Dilation = numbers.GetProperty("kernel").GetInt32(),
    };
}
