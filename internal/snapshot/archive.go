package snapshot

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"

	"worth/internal/i18n"
)

// The members of a snapshot file, which is a zip archive. Rows are a DuckDB
// database of one table, rows, so that every type arrives as it left.
const (
	manifestName = "worth-snapshot.json"
	recordName   = "snapshot.json"
	rowsName     = "rows.duckdb"
	membersName  = "members.duckdb"
)

// manifest comes first in a snapshot file and says what must follow.
type manifest struct {
	Format  string            `json:"format"`
	Version int               `json:"version"`
	Program string            `json:"program"`
	SHA256  map[string]string `json:"sha256"` // of the members, by name
}

const formatName = "worth snapshot"

// Pack writes a snapshot file: the record's JSON and the database files of the rows
// and, unless it is empty, of the customers behind segments.
func Pack(out io.Writer, record, program, rows, members string) error {
	m := manifest{Format: formatName, Version: Version, Program: program, SHA256: map[string]string{recordName: digest([]byte(record))}}
	files := map[string]string{rowsName: rows}
	if members != "" {
		files[membersName] = members
	}
	for name, path := range files {
		sum, err := digestFile(path)
		if err != nil {
			return err
		}
		m.SHA256[name] = sum
	}
	text, err := json.Marshal(m)
	if err != nil {
		return i18n.Errorf("the snapshot cannot be written: %v", err)
	}
	archive := zip.NewWriter(out)
	err = errors.Join(packText(archive, manifestName, string(text)), packText(archive, recordName, record), packFile(archive, rowsName, rows))
	if err == nil && members != "" {
		err = packFile(archive, membersName, members)
	}
	if err = errors.Join(err, archive.Close()); err != nil {
		return i18n.Errorf("the snapshot cannot be written: %v", err)
	}
	return nil
}

func packText(archive *zip.Writer, name, text string) error {
	w, err := archive.Create(name)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return packing(name, err)
}

// packing explains what went wrong with a member; nil if nothing did.
func packing(name string, err error) error {
	if err == nil {
		return nil
	}
	return i18n.Errorf("%s: %v", name, err)
}

func packFile(archive *zip.Writer, name, path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return packing(name, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w, err := archive.Create(name)
	if err == nil {
		_, err = io.Copy(w, f)
	}
	return packing(name, err)
}

// Unpack checks the snapshot file at path, writes its databases to the paths rows
// and members and returns the record's JSON. hasMembers says whether there was one
// of members. A file that is none, of a later version, cut short or changed is an
// error that says so.
func Unpack(path, rows, members string) (record string, hasMembers bool, err error) {
	archive, err := zip.OpenReader(path)
	if errors.Is(err, os.ErrNotExist) {
		return "", false, i18n.Errorf("%s: there is no such file", path)
	}
	if err != nil {
		return "", false, i18n.Errorf("%s: this is no snapshot file, or its end is missing: %v", path, err)
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	m, err := readManifest(path, &archive.Reader)
	if err != nil {
		return "", false, err
	}
	text, err := readMember(path, &archive.Reader, recordName)
	if err != nil {
		return "", false, err
	}
	if digest(text) != m.SHA256[recordName] {
		return "", false, changed(path, recordName)
	}
	if err := unpackFile(path, &archive.Reader, m, rowsName, rows); err != nil {
		return "", false, err
	}
	if _, hasMembers = m.SHA256[membersName]; hasMembers {
		err = unpackFile(path, &archive.Reader, m, membersName, members)
	}
	return string(text), hasMembers, err
}

func changed(path, member string) error {
	return i18n.Errorf("%s: %s in it is not what was exported: the file was changed or damaged; export the snapshot again", path, member)
}

func readManifest(path string, archive *zip.Reader) (manifest, error) {
	var m manifest
	text, err := readMember(path, archive, manifestName)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil || m.Format != formatName || m.Version < 1 {
		return m, i18n.Errorf("%s: this is no snapshot file", path)
	}
	if m.Version > Version {
		return m, i18n.Errorf("%s: the snapshot file is of version %d, made by worth %s, and this program reads version %d; use a newer program",
			path, m.Version, m.Program, Version)
	}
	return m, nil
}

// maxText bounds what is read into memory of a file that others made.
const maxText = 64 << 20

func readMember(path string, archive *zip.Reader, name string) (text []byte, err error) {
	f, err := archive.Open(name)
	if err != nil {
		return nil, i18n.Errorf("%s: this is no snapshot file: %s is missing in it", path, name)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	text, err = io.ReadAll(io.LimitReader(f, maxText))
	if err != nil {
		return nil, changed(path, name)
	}
	return text, nil
}

func unpackFile(path string, archive *zip.Reader, m manifest, name, to string) (err error) {
	in, err := archive.Open(name)
	if err != nil {
		return i18n.Errorf("%s: this is no snapshot file: %s is missing in it", path, name)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return i18n.Errorf("%s: there is no place to unpack it: %v", path, err)
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, sum), in)
	if errors.Join(err, out.Close()) != nil || hex.EncodeToString(sum.Sum(nil)) != m.SHA256[name] {
		return changed(path, name)
	}
	return nil
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func digestFile(path string) (sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", i18n.Errorf("%s: cannot be read: %v", path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", i18n.Errorf("%s: cannot be read: %v", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
