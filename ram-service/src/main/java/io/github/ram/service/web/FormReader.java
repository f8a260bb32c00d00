package io.github.ram.service.web;

import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;

/** Reads forms of the kind multipart/form-data, with the parser of Tomcat. */
final class FormReader {

    private final int most;

    /** @param most parts that are read */
    FormReader(int most) {
        this.most = most;
    }

    /** The parts that have a name. */
    List<byte[]> read(byte[] body, String contentType, String name) {
        List<byte[]> parts = new ArrayList<>();
        try {
            FileItemIterator items = new FileUpload().getItemIterator(new Form(body, contentType));
            for (int count = 0; items.hasNext(); count++) {
                if (count == most) {
                    throw tooMany();
                }
                FileItemStream item = items.next();
                if (name.equals(item.getFieldName())) {
                    try (InputStream content = item.openStream()) {
                        parts.add(content.readAllBytes());
                    }
                }
            }
        } catch (SizeException e) {
            throw new Refusal(Reason.TOO_LARGE, "a part of the form has too long headers: send the image alone");
        } catch (IOException e) {
            throw new Refusal(
                    Reason.MALFORMED,
                    "the form cannot be read: send multipart/form-data with the image as its part named " + name);
        }
        if (parts.isEmpty()) {
            throw new Refusal(Reason.UNUSABLE, "the form has no part named %s: send the image as that part", name);
        }
        return parts;
    }

    private Refusal tooMany() {
        return new Refusal(Reason.TOO_LARGE, "the form has more than %d parts: send the others in another", most);
    }

    /** A form as the parser asks for it. */
    private record Form(byte[] body, String contentType) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public long contentLength() {
            return body.length;
        }
    }
}
