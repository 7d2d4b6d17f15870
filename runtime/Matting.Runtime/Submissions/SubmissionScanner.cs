using System.Text;

namespace Matting.Runtime.Submissions;

/// <summary>
/// Finds the rows of a submission in one pass, whatever its size: of a picture's field only place and length are kept.
/// RFC 4180: quoted fields with doubled quotes, lines that end with \n or \r\n, and a byte order mark is passed over.
/// </summary>
internal sealed class SubmissionScanner(Stream stream, string file)
{
    private const int BufferBytes = 1 << 16;
    private const int LongestName = 4096;
    private const int End = -1;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly List<byte> _text = [];
    private int _next;
    private int _filled;
    private long _offset;
    private long _line = 1;

    /// <summary>The rows in their order; rows that are wrong say so, and an empty line is none.</summary>
    /// <exception cref="SubmissionException">The header is another one.</exception>
    public List<SubmissionEntry> Rows()
    {
        SkipMark();
        (List<Field> header, _) = Row();
        if (header.Count != 2 || header[0].Text != "filename" || header[1].Text != "image_utf")
            throw new SubmissionException(file, "the first line is not filename,image_utf: this is no submission");
        List<SubmissionEntry> rows = [];
        Dictionary<string, long> lines = new(StringComparer.Ordinal);
        while (true)
        {
            long line = _line;
            (List<Field> fields, bool ended) = Row();
            if (fields is not [{ Text: "" }])
                rows.Add(Entry(line, fields, lines));
            if (ended)
                return rows;
        }
    }

    private static SubmissionEntry Entry(long line, List<Field> fields, Dictionary<string, long> lines)
    {
        string name = fields[0].Text ?? "";
        Field alpha = fields.Count > 1 ? fields[1] : default;
        string? problem = fields.Count != 2 ? $"has {fields.Count} {(fields.Count == 1 ? "field" : "fields")}, expected 2"
            : fields[0].Text is null ? $"its name has more than {LongestName} bytes"
            : name.Length == 0 ? "has no name"
            : fields.Exists(field => field.Broken) ? "a quoted field does not end as it should"
            : !lines.TryAdd(name, line) ? $"the name stands in line {lines[name]} already"
            : null;
        return new SubmissionEntry(line, name, alpha.Offset, alpha.Length, problem);
    }

    private (List<Field> Fields, bool Ended) Row()
    {
        List<Field> fields = [];
        while (true)
        {
            (Field field, int after) = NextField();
            // one field of millions of commas is not worth their memory
            if (fields.Count < 3)
                fields.Add(field);
            if (after == ',')
                continue;
            _line++;
            return (fields, after == End);
        }
    }

    private (Field Field, int After) NextField()
    {
        _text.Clear();
        long start = _offset;
        int read = Next();
        return read == '"' ? Quoted() : Plain(start, read);
    }

    private (Field Field, int After) Plain(long start, int read)
    {
        long length = 0;
        int last = End;
        for (; read is not (',' or '\n' or End); read = Next())
        {
            Keep(read);
            last = read;
            length++;
        }
        if (last == '\r' && read != ',')
        {
            length--;
            if (_text.Count > length)
                _text.RemoveAt(_text.Count - 1);
        }
        return (new Field(start, length, Text(), false), read);
    }

    private (Field Field, int After) Quoted()
    {
        long start = _offset, length = 0;
        bool closed = false;
        int read;
        while ((read = Next()) != End)
        {
            if (read == '"')
            {
                read = Next();
                closed = read != '"';
                if (closed)
                    break;
                length++;
            }
            if (read == '\n')
                _line++;
            Keep(read);
            length++;
        }
        bool broken = !closed || read is not (',' or '\n' or '\r' or End);
        while (read is not (',' or '\n' or End))
            read = Next();
        return (new Field(start, length, Text(), broken), read);
    }

    private void Keep(int read)
    {
        if (_text.Count <= LongestName)
            _text.Add((byte)read);
    }

    private string? Text() => _text.Count > LongestName ? null : Encoding.UTF8.GetString([.. _text]);

    private void SkipMark()
    {
        if (Next() == 0xEF && Next() == 0xBB && Next() == 0xBF)
            return;
        stream.Position = 0;
        (_next, _filled, _offset) = (0, 0, 0);
    }

    private int Next()
    {
        if (_next == _filled)
        {
            (_next, _filled) = (0, stream.Read(_buffer));
            if (_filled == 0)
                return End;
        }
        _offset++;
        return _buffer[_next++];
    }

    /// <summary>Where a field lies, and its text unless that is too long to be a name.</summary>
    private readonly record struct Field(long Offset, long Length, string? Text, bool Broken);
}
