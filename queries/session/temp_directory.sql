-- Where does the database spill what does not fit into memory?
-- {value}: a folder.
set temp_directory to {value};
