using Matting.CommandLine;
using Matting.Runtime.Submissions;
using Matting.Runtime.Tests.Cli;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;

namespace Matting.Runtime.Tests.OddPictures;

public sealed class OddPicturesSubmitTests : CliTest
{
    [Theory]
    [InlineData("none")]
    [InlineData("components")]
    [InlineData("calibrate")]
    public void Every_one_gets_a_row_whatever_the_post_process(string post)
    {
        string[] names = [.. OddPicture.Names];
        Directory.CreateDirectory(Folder.File("images"));
        foreach (string name in names)
            File.WriteAllBytes(Folder.File("images", Unique(name)), OddPicture.File(name));
        CliRun run = CliRun.Of("submit", "--model", Model, "--images", Folder.File("images"), "--out", Folder.File("submission.csv"), "--tta", "flip", "--post", post);
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        using SubmissionDocument document = SubmissionDocument.Open(Folder.File("submission.csv"));
        Assert.Equal(names.Select(name => SubmissionFile.NameOf(Unique(name))).Order(StringComparer.Ordinal), document.Entries.Select(entry => entry.Name));
        Assert.All(document.Entries, entry =>
        {
            PixelImage alpha = document.Read(entry);
            Assert.Equal((Side, Side), (alpha.Width, alpha.Height));
        });
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.25f)]
    [InlineData(1f)]
    [InlineData(-3f)]
    [InlineData(1e30f)]
    public void A_constant_alpha_stays_a_number_through_the_post_processes(float value)
    {
        foreach (PostprocessOptions post in (PostprocessOptions[])[new ComponentOptions(), new CalibrationOptions()])
        {
            foreach ((int width, int height) in ((int, int)[])[(1, 1), (1, 300), (300, 1), (16, 9)])
            {
                float[] alpha = new float[width * height];
                Array.Fill(alpha, value);
                post.Create().Apply(alpha, width, height, alpha);
                Assert.All(alpha, level => Assert.True(float.IsFinite(level), $"{post} gives {level}"));
            }
        }
    }

    // rows go by the name up to the first dot
    private static string Unique(string name) => name.Replace('.', '_') + Path.GetExtension(name);
}
