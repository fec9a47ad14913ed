using System.Security.Cryptography;

namespace SocialQI.Server.Backups;

/// <summary>Reads what was sealed: nothing of a piece is handed out before the whole of it was found to be what was written.</summary>
internal sealed class SealedReading : Stream
{
    private readonly Stream file;
    private readonly SealedHeader header;
    private readonly AesGcm cipher;
    private readonly byte[] sealedPiece = new byte[SealedHeader.PieceBytes + SealedHeader.TagBytes + 1];
    private readonly byte[] piece = new byte[SealedHeader.PieceBytes];
    private int ahead;
    private int from;
    private int length;
    private uint number;
    private bool isLast;

    /// <param name="file">After its header; not closed with this.</param>
    /// <param name="header">What was read from it.</param>
    public SealedReading(Stream file, SealedHeader header) => (this.file, this.header, cipher) = (file, header, header.Cipher());

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="SealException">It was changed, or is not whole.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (from == length && !isLast)
        {
            Next();
        }
        var some = Math.Min(buffer.Length, length - from);
        piece.AsSpan(from, some).CopyTo(buffer);
        from += some;
        return some;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        cipher.Dispose();
        CryptographicOperations.ZeroMemory(piece);
        base.Dispose(disposing);
    }

    // One byte more than a piece has tells whether another follows.
    private void Next()
    {
        var read = ahead + file.ReadAtLeast(sealedPiece.AsSpan(ahead), sealedPiece.Length - ahead, throwOnEndOfStream: false);
        isLast = read < sealedPiece.Length;
        var whole = isLast ? read : read - 1;
        if (whole < SealedHeader.TagBytes)
        {
            throw new SealException(SealException.Changed);
        }
        (from, length) = (0, whole - SealedHeader.TagBytes);
        try
        {
            cipher.Decrypt(header.Nonce(number, isLast), sealedPiece.AsSpan(0, length), sealedPiece.AsSpan(length, SealedHeader.TagBytes), piece.AsSpan(0, length), header.Line);
        }
        catch (CryptographicException)
        {
            throw new SealException(SealException.Changed);
        }
        number = checked(number + 1);
        (sealedPiece[0], ahead) = (sealedPiece[^1], isLast ? 0 : 1);
    }
}
