using Matting.Shared.Files;
using Matting.Testing;

namespace Matting.Shared.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_written_whole_and_nothing_is_left_aside()
    {
        string file = _folder.File("deep", "er", "a.txt");
        AtomicFile.WriteText(file, "héllo");
        Assert.Equal("héllo"u8.ToArray(), File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public void A_failing_writer_leaves_the_old_file_and_no_other()
    {
        string file = _folder.Text("a.txt", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(file, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void An_existing_file_is_kept_when_overwriting_is_not_allowed()
    {
        string file = _folder.Text("a.txt", "old");
        IOException error = Assert.Throws<IOException>(() => AtomicFile.WriteText(file, "new", overwrite: false));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(file));
    }

    [Fact]
    public void A_file_that_appears_meanwhile_is_kept_as_well()
    {
        string file = _folder.File("a.txt");
        Assert.Throws<IOException>(() => AtomicFile.Write(file, _ => File.WriteAllText(file, "other"), overwrite: false));
        Assert.Equal("other", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_an_error()
    {
        string file = _folder.File("a");
        Directory.CreateDirectory(file);
        Assert.ThrowsAny<Exception>(() => AtomicFile.WriteText(file, "x"));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_next_free_name_is_chosen_when_the_content_is_complete()
    {
        string Next() => _folder.File($"{Directory.GetFiles(_folder.Path, "?.txt").Length + 1}.txt");
        string first = AtomicFile.WriteNext(Next, stream => stream.Write("one"u8));
        string third = AtomicFile.WriteNext(Next, stream =>
        {
            _folder.Text("2.txt", "somebody else's");
            stream.Write("three"u8);
        });
        Assert.Equal([_folder.File("1.txt"), _folder.File("3.txt")], [first, third]);
        Assert.Equal("somebody else's", File.ReadAllText(_folder.File("2.txt")));
        Assert.Equal("three", File.ReadAllText(third));
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Of_many_writers_of_one_new_name_exactly_one_wins()
    {
        int won = 0;
        for (int round = 0; round < 40; round++)
        {
            string file = _folder.File($"{round}.txt");
            Parallel.For(0, 8, writer =>
            {
                try
                {
                    AtomicFile.WriteText(file, $"{writer}", overwrite: false);
                    Interlocked.Increment(ref won);
                }
                catch (IOException)
                {
                    // somebody else was faster
                }
            });
        }
        Assert.Equal(40, won);
        Assert.Equal(40, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void A_failing_writer_takes_no_name()
    {
        Assert.Throws<InvalidOperationException>(() => AtomicFile.WriteNext(() => _folder.File("1.txt"), _ => throw new InvalidOperationException()));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_killed_writers_left_beside_a_file_is_removed_and_nothing_else()
    {
        // no process has this number: Linux ends at 4194304
        string abandoned = _folder.Text($".a.txt.999999999-{Guid.NewGuid():N}.tmp", "half");
        string[] kept =
        [
            _folder.Text("a.txt", "whole"), _folder.Text($".a.txt.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp", "being written"),
            _folder.Text($".b.txt.999999999-{Guid.NewGuid():N}.tmp", "another file's"), _folder.Text(".a.txt.backup.tmp", "a person's"), _folder.Text(".a.txt.999999999-x.tmp", "no such name"),
        ];
        Assert.Equal(1, AtomicFile.RemoveAbandoned(_folder.File("a.txt")));
        Assert.False(File.Exists(abandoned));
        Assert.All(kept, file => Assert.True(File.Exists(file), file));
        Assert.Equal(0, AtomicFile.RemoveAbandoned(_folder.File("a.txt")));
        Assert.Equal(0, AtomicFile.RemoveAbandoned(_folder.File("no-folder/a.txt")));
    }
}
