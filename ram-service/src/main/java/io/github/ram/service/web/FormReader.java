package io.github.ram.service.web;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.RequestContext;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;

/** Reads forms of the kind multipart/form-data that are in memory. */
final class FormReader {

    /** Bytes of a field that are read; every option is shorter. */
    private static final int LONGEST_FIELD = 1000;

    /** What clients put behind the name of a part for a list: [] or an index. */
    private static final Pattern LIST_SUFFIX = Pattern.compile("\\[[0-9]*]$");

    private final int most;

    /** @param most parts of a form */
    FormReader(int most) {
        this.most = most;
    }

    /**
     * Reads a form.
     *
     * @param name of the parts that are files; a suffix of square brackets makes no difference
     */
    Form read(byte[] body, String contentType, String name) {
        List<byte[]> files = new ArrayList<>();
        Map<String, List<String>> fields = new TreeMap<>();
        try {
            FileItemInputIterator items = new JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory>()
                    .getItemIterator(new Multipart(body, contentType));
            for (int count = 0; items.hasNext(); count++) {
                if (count == most) {
                    throw new Rejection(
                            Reason.TOO_LARGE, "the form has more than %d parts: send the others in another", most);
                }
                FileItemInput item = items.next();
                try (InputStream content = item.getInputStream()) {
                    if (item.getFieldName() == null) {
                        continue;
                    }
                    String part = LIST_SUFFIX.matcher(item.getFieldName()).replaceFirst("");
                    if (name.equals(part)) {
                        files.add(content.readAllBytes());
                    } else {
                        String value = new String(content.readNBytes(LONGEST_FIELD), StandardCharsets.UTF_8);
                        fields.computeIfAbsent(part, field -> new ArrayList<>()).add(value);
                    }
                }
            }
        } catch (FileUploadSizeException e) {
            throw new Rejection(Reason.TOO_LARGE, "a part of the form has too long headers: send the image alone");
        } catch (IOException e) {
            throw new Rejection(
                    Reason.MALFORMED,
                    "the form cannot be read: send multipart/form-data with the image as its part named %s",
                    name);
        }
        if (files.isEmpty()) {
            throw new Rejection(Reason.UNUSABLE, "the form has no part named %s: send the image as that part", name);
        }
        return new Form(files, fields);
    }

    /** A form as the parser reads it. */
    private record Multipart(byte[] body, String contentType) implements RequestContext {

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
        public long getContentLength() {
            return body.length;
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }
}
