using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Regions;

namespace Matting.Shared.Tests.Regions;

public class ConnectedRegionsTests
{
    private const float Threshold = 0.05f;

    [Theory]
    [InlineData(Neighbourhood.Four)]
    [InlineData(Neighbourhood.Eight)]
    public void The_regions_of_any_plane_are_those_of_a_flood_fill(Neighbourhood neighbourhood)
    {
        ConnectedRegions regions = new();
        Prop.ForAll(SomePlanes.Alpha.ToArbitrary(), plane => AssertSame(regions, plane, neighbourhood)).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(1, 3));
        Prop.ForAll(SomePlanes.Hostile.ToArbitrary(), plane => AssertSame(regions, plane, neighbourhood)).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(2, 5));
    }

    [Theory]
    [InlineData(300, 200, 0.4)]
    [InlineData(129, 257, 0.6)]
    [InlineData(64, 64, 0.95)]
    [InlineData(1000, 3, 0.5)]
    [InlineData(1, 500, 0.5)]
    public void Larger_noise_has_the_regions_of_a_flood_fill(int width, int height, double density)
    {
        ConnectedRegions regions = new();
        foreach (Neighbourhood neighbourhood in Enum.GetValues<Neighbourhood>())
            AssertSame(regions, SomePlanes.Random(width, height, 3, density), neighbourhood);
    }

    [Fact]
    public void Everything_above_the_threshold_is_one_region_and_nothing_is_none()
    {
        ConnectedRegions regions = new();
        float[] plane = [.. Enumerable.Repeat(1f, 130 * 70)];
        regions.Find(plane, 130, Threshold, Neighbourhood.Four, withPeaks: true);
        Assert.Equal((70, 0, 130 * 70), (regions.Runs.Length, regions.Largest(), regions.Runs[0].Area));

        regions.Find(new float[plane.Length], 130, Threshold, Neighbourhood.Four, withPeaks: true);
        Assert.Equal((0, -1), (regions.Runs.Length, regions.Largest()));
    }

    [Fact]
    public void The_threshold_itself_is_not_above_it()
    {
        ConnectedRegions regions = new();
        regions.Find([Threshold, MathF.BitIncrement(Threshold), float.NaN], 3, Threshold, Neighbourhood.Four, withPeaks: false);
        Assert.Equal((1, 1, 2), (regions.Runs.Length, regions.Runs[0].Start, regions.Runs[0].End));
    }

    [Fact]
    public void Of_equally_large_regions_the_first_in_raster_order_is_the_largest()
    {
        ConnectedRegions regions = new();
        // the second region begins in the first row, the third has as many pixels
        regions.Find([0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1], 5, Threshold, Neighbourhood.Four, withPeaks: false);
        Assert.Equal(2, regions.Runs[regions.Largest()].Start);
    }

    // Back and forth over the whole plane, rows joined at alternating ends: a recursive search would need a stack of 33 million frames.
    [Fact]
    public void A_snake_through_8192_by_8192_pixels_is_one_region()
    {
        const int Side = 8192;
        float[] plane = new float[Side * Side];
        for (int y = 0; y < Side; y += 2)
        {
            plane.AsSpan(y * Side, Side).Fill(1);
            plane[((y + 1) * Side) + (y % 4 == 0 ? Side - 1 : 0)] = 1;
        }
        AssertOneRegion(plane, Side);
    }

    // A comb that is open upwards: all its runs are joined only at the very end.
    [Fact]
    public void A_comb_whose_teeth_meet_in_the_last_row_is_one_region()
    {
        const int Side = 2047;
        float[] plane = [.. Enumerable.Range(0, Side * Side).Select(i => i % Side % 2 == 0 || i / Side == Side - 1 ? 1f : 0f)];
        AssertOneRegion(plane, Side);
    }

    private static void AssertOneRegion(float[] plane, int width)
    {
        ConnectedRegions regions = new();
        regions.Find(plane, width, Threshold, Neighbourhood.Four, withPeaks: false);
        Assert.Equal(0, regions.RootOf(regions.Runs.Length - 1));
        Assert.Equal(plane.Count(value => value > 0), regions.Runs[0].Area);
    }

    private static void AssertSame(ConnectedRegions regions, Plane plane, Neighbourhood neighbourhood)
    {
        FloodFill expected = new(plane.Values, plane.Width, Threshold, neighbourhood);
        regions.Find(plane.Values, plane.Width, Threshold, neighbourhood, withPeaks: true);

        int[] labels = new int[plane.Values.Length];
        Array.Fill(labels, -1);
        List<(int, int, float)> roots = [];
        Dictionary<int, int> numbers = [];
        for (int i = 0; i < regions.Runs.Length; i++)
        {
            PixelRun run = regions.Runs[i];
            Assert.Equal(run.Start / plane.Width, (run.End - 1) / plane.Width);
            if (regions.RootOf(i) == i)
            {
                numbers[i] = roots.Count;
                roots.Add((run.Start, run.Area, run.Peak));
            }
            labels.AsSpan()[run.Start..run.End].Fill(numbers[regions.RootOf(i)]);
        }
        Assert.Equal(expected.Labels, labels);
        Assert.Equal(expected.Regions, roots);
    }
}
