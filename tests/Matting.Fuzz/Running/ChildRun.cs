using Matting.Fuzz.Targets;

namespace Matting.Fuzz.Running;

/// <summary>
/// The child's side: one input after the other. It says which one it is about to try, so that the parent knows
/// where it stood when it dies: a number a line, a line with ! for what it found itself, a + behind what was read and not
/// refused, and the word done.
/// </summary>
internal static class ChildRun
{
    public const string Done = "done";
    public const char FindingMark = '!';
    public const string Read = "+";

    /// <summary>After so many findings more of the same kind tell nothing new.</summary>
    public const int MostFindings = 10;

    public static void Run(FuzzPart part, TextWriter output)
    {
        using FuzzTarget target = FuzzTargets.Create(part.Target);
        int found = 0;
        for (long index = part.From; index < part.From + part.Count && found < MostFindings; index++)
        {
            output.WriteLine(index);
            output.Flush();
            FuzzFinding? finding = Try(target, part.Seed, index, out bool wasRead);
            if (wasRead)
                output.WriteLine(Read);
            if (finding is not null)
            {
                found++;
                output.WriteLine($"{FindingMark}{finding.Kind}:{finding.Detail}");
            }
            // the peak of a process never falls: the parent has the rest done by a fresh one
            if (ProcessMemory.Peak() is { } peak && peak > target.MemoryCap)
            {
                output.WriteLine($"{FindingMark}memory:{peak >> 20} MiB resident, the cap is {target.MemoryCap >> 20}");
                return;
            }
        }
        output.WriteLine(Done);
    }

    /// <summary>Tries one input.</summary>
    /// <param name="target">The target.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The input's index.</param>
    /// <param name="wasRead">True when the target took it for a good one.</param>
    /// <returns>Null when it was read or refused as it should be.</returns>
    public static FuzzFinding? Try(FuzzTarget target, long seed, long index, out bool wasRead)
    {
        wasRead = false;
        try
        {
            target.Try(FuzzPart.Input(target, seed, index));
            wasRead = true;
            return null;
        }
        catch (FuzzFailureException wrong)
        {
            return new FuzzFinding(target.Name, seed, index, "wrong", OneLine(wrong.Message));
        }
        // whatever it is: that it is of another kind than callers expect is what this looks for
        catch (Exception failure)
        {
            return target.Accepts(failure) ? null : new FuzzFinding(target.Name, seed, index, "exception", OneLine(failure.ToString()));
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
