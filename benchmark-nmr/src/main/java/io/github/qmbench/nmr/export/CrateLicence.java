package io.github.qmbench.nmr.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The licence of a crate.
 *
 * @param id the address of it
 * @param name what people call it
 */
record CrateLicence(String id, String name) {

    private static final Pattern SPDX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]*");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"<>\\\\^`{|}]+");

    /**
     * Reads a licence.
     *
     * @throws IllegalArgumentException when it is neither an identifier nor an address
     */
    static CrateLicence of(String text) {
        if (ADDRESS.matcher(text).matches()) {
            return new CrateLicence(text, text);
        }
        if (SPDX.matcher(text).matches()) {
            return new CrateLicence("https://spdx.org/licenses/" + text, text);
        }
        throw new IllegalArgumentException("--license: '" + text
                + "' is not a valid licence; use an SPDX identifier, such as CC-BY-4.0 or CC0-1.0, or an address");
    }

    Map<String, Object> entity() {
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("@id", id);
        entity.put("@type", "CreativeWork");
        entity.put("name", name);
        entity.put("description", "The licence under which this crate may be used.");
        return entity;
    }
}
