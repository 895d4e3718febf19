// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import org.holdfast.access.Problem;

/** Values as CBOR: every component of a record, nulls too; on reading nothing unknown, nothing behind. */
final class Codec {

    private static final ObjectMapper CBOR = CBORMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Codec() {}

    static byte[] encode(Object value) {
        try {
            return CBOR.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("a value of " + value.getClass().getSimpleName() + " has no encoding");
        }
    }

    /** @throws Problem.Tampering if the bytes are not one value of this type */
    static <T> T decode(byte[] bytes, Class<T> type) {
        try {
            T value = CBOR.readValue(bytes, type);
            if (value == null) {
                throw Problem.tampering("value.form");
            }
            return value;
        } catch (IOException e) {
            // The cause would carry content.
            throw Problem.tampering("value.form");
        }
    }
}
