package io.github.qmbench.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distinct names in the order in which they came, and the place of each: a list and a hash table of four bytes a place,
 * for a million names in the heap of a small machine.
 */
final class NameIndex {

    private final List<String> names = new ArrayList<>();
    private int[] table = new int[16]; // place + 1, or 0; open addressing, at most half full

    /** Adds a name, unless it is there. */
    void add(String name) {
        int slot = slotOf(name);
        if (table[slot] == 0) {
            names.add(name);
            table[slot] = names.size();
            if (names.size() > table.length / 2) {
                grow();
            }
        }
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int place = 0; place < names.size(); place++) {
            table[slotOf(names.get(place))] = place + 1;
        }
    }

    private int slotOf(String name) {
        int spread = name.hashCode() * 0x9E3779B9; // the upper bits depend on all bits of the hash
        int slot = spread >>> (Integer.numberOfLeadingZeros(table.length) + 1);
        while (table[slot] != 0 && !names.get(table[slot] - 1).equals(name)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    /** The place of a name, or -1. */
    int indexOf(String name) {
        return table[slotOf(name)] - 1;
    }

    /** Returns a copy that nobody adds to. */
    NameIndex copy() {
        NameIndex copy = new NameIndex();
        copy.names.addAll(names);
        copy.table = Arrays.copyOf(table, table.length);
        return copy;
    }

    /** All names in order. */
    List<String> names() {
        return names;
    }
}
