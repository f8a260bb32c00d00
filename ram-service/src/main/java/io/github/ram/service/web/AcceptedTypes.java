package io.github.ram.service.web;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Reads the types of the Accept header, without their parameters: JSON is always UTF-8, and a picture has no charset. Types
 * of quality 0 are not accepted.
 */
final class AcceptedTypes extends HeaderContentNegotiationStrategy {

    /** The types of answers. */
    private static final List<MediaType> OFFERED = List.of(MediaType.APPLICATION_JSON, MediaType.IMAGE_PNG);

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> named = super.resolveMediaTypes(request).stream()
                .map(type -> new MediaType(type.getType(), type.getSubtype(), type.getQualityValue()))
                .toList();
        List<MediaType> accepted = named.stream()
                .flatMap(type -> narrowed(type, named))
                .filter(type -> type.getQualityValue() > 0)
                .toList();
        if (accepted.isEmpty()) {
            throw new HttpMediaTypeNotAcceptableException("every type has the quality 0");
        }
        return accepted;
    }

    /**
     * Returns the types of a range. Spring takes a range such as {@code *}{@code /*} for all types in it, also for a type
     * that the header names beside it with a lower quality.
     */
    private static Stream<MediaType> narrowed(MediaType range, List<MediaType> named) {
        List<MediaType> less = named.stream()
                .filter(other -> range.includes(other) && !other.includes(range))
                .filter(other -> other.getQualityValue() < range.getQualityValue())
                .toList();
        if (OFFERED.stream().noneMatch(type -> less.stream().anyMatch(other -> other.includes(type)))) {
            return Stream.of(range);
        }
        return OFFERED.stream()
                .filter(type -> range.includes(type) && less.stream().noneMatch(other -> other.includes(type)))
                .map(type -> new MediaType(type.getType(), type.getSubtype(), range.getQualityValue()));
    }
}
