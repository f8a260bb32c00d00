package io.github.ram.service.grpc;

import io.grpc.Decompressor;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/** Reads messages that a client has compressed with deflate, which other servers take as well as gzip. */
final class Deflate implements Decompressor {

    @Override
    public String getMessageEncoding() {
        return "deflate";
    }

    @Override
    public InputStream decompress(InputStream message) {
        return new InflaterInputStream(message);
    }
}
