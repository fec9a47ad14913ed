using System.Security.Cryptography;

namespace SocialQI.Server.Backups;

/// <summary>Seals what is written to it. Only <see cref="Finish"/> makes it whole: a file that was broken off is not taken for a shorter one.</summary>
internal sealed class SealedWriting : Stream
{
    private readonly Stream file;
    private readonly SealedHeader header;
    private readonly AesGcm cipher;
    private readonly byte[] piece = new byte[SealedHeader.PieceBytes];
    private readonly byte[] written = new byte[SealedHeader.PieceBytes + SealedHeader.TagBytes];
    private int length;
    private uint number;

    /// <param name="file">Where to; not closed with this.</param>
    /// <param name="header">For whom.</param>
    public SealedWriting(Stream file, SealedHeader header)
    {
        (this.file, this.header, cipher) = (file, header, header.Cipher());
        file.Write(header.Line);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (length == piece.Length)
            {
                Put(isLast: false);
            }
            var some = Math.Min(piece.Length - length, buffer.Length);
            buffer[..some].CopyTo(piece.AsSpan(length));
            buffer = buffer[some..];
            length += some;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public void Finish() => Put(isLast: true);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        cipher.Dispose();
        CryptographicOperations.ZeroMemory(piece);
        base.Dispose(disposing);
    }

    private void Put(bool isLast)
    {
        cipher.Encrypt(header.Nonce(number, isLast), piece.AsSpan(0, length), written.AsSpan(0, length), written.AsSpan(length, SealedHeader.TagBytes), header.Line);
        file.Write(written, 0, length + SealedHeader.TagBytes);
        number = checked(number + 1);
        length = 0;
    }
}
