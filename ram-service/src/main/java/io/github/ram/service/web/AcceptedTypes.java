package io.github.ram.service.web;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * The types that the Accept header names, without their parameters: JSON is UTF-8 here whatever charset is
 * asked for, and a picture has none. Types of quality 0 are those that are not accepted.
 */
final class AcceptedTypes extends HeaderContentNegotiationStrategy {

    /** What there is to choose between. */
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
            throw new HttpMediaTypeNotAcceptableException("every type that is named is ruled out");
        }
        return accepted;
    }

    /**
     * Of a range what it is about. Spring would take one such as {@code *}{@code /*} for all that it includes, also
     * for what is named beside it to be liked less, or not at all.
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
