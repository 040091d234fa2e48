package io.github.qmbench.core.internal;

import java.io.IOException;
import java.util.Arrays;

/**
 * The places of task ids in the order in which they came, some ten bytes each: the ids themselves stay in the journal, and
 * are read only where two have the same hash. Not safe for use by many threads.
 */
public final class TaskTable {

    /** A source of the task ids by their places. */
    @FunctionalInterface
    public interface Ids {
        String at(int place) throws IOException;
    }

    private int size;
    private int[] hashes = new int[16]; // by place
    private int[] table = new int[64]; // place + 1, or 0; open addressing, at most half full

    public int size() {
        return size;
    }

    /** Returns the place of a task id, or -1. */
    public int find(String taskId, Ids ids) throws IOException {
        int hash = taskId.hashCode();
        int slot = firstSlot(hash);
        while (table[slot] != 0) {
            int place = table[slot] - 1;
            if (hashes[place] == hash && ids.at(place).equals(taskId)) {
                return place;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return -1;
    }

    /** Adds a task id that is not there yet, and returns its place. */
    public int add(String taskId) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size + size / 2);
        }
        hashes[size] = taskId.hashCode();
        size++;
        if (size > table.length / 2) {
            table = new int[table.length * 2];
            for (int place = 0; place < size; place++) {
                enter(place);
            }
        } else {
            enter(size - 1);
        }
        return size - 1;
    }

    private void enter(int place) {
        int slot = firstSlot(hashes[place]);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = place + 1;
    }

    private int firstSlot(int hash) {
        int spread = hash * 0x9E3779B9; // the upper bits depend on all bits of the hash
        return spread >>> Integer.numberOfLeadingZeros(table.length) + 1;
    }
}
